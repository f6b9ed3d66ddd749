/**
 * An error as logs may hold it. A database error names the values of the offending row in `detail` and `where`,
 * so only what is safe is taken: what kind it is, its sentence, its code and where it was thrown.
 */
export function brief(error: unknown): Readonly<{ name: string; message: string; code?: string; stack?: string }> {
  if (!(error instanceof Error)) return { name: 'unknown', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { name: error.name, message: error.message, ...code, ...(error.stack ? { stack: error.stack } : {}) }
}
