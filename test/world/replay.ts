const [given, path] = (process.env['SEED'] ?? '').split(':', 2)

/**
 * What a run's random choices begin with. A test says it in its name, and a failure prints it with the path to the case that
 * failed: `SEED=1605:3 vitest run test/booking` plays that case again.
 */
export const replay: Readonly<{ seed: number; path?: string }> = {
  seed: given ? Number(given) : Date.now() % 2_147_483_647,
  ...(path && { path }),
}
