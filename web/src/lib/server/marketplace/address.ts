/** An address without the fields a form sent empty, or null when it has none: an address is read, linked and kept. */
export function withoutEmpty({ pathname, searchParams }: URL): string | null {
  const kept = [...searchParams].filter(([, value]) => value.trim() !== '')
  if (kept.length === searchParams.size) return null
  return kept.length > 0 ? `${pathname}?${new URLSearchParams(kept)}` : pathname
}
