import { paths } from './paths.ts'

const somewhere = 'http://own.invalid'

/** A path on this site to send someone to, or the start page when what was asked for leads elsewhere (ASVS 3.7.2). */
export function ownPath(asked: string | null | undefined): string {
  if (!asked?.startsWith('/') || !URL.canParse(asked, somewhere)) return paths.start
  const url = new URL(asked, somewhere)
  return url.origin === somewhere && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : paths.start
}
