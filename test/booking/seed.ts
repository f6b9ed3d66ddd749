/** How many interleavings are played on each backend; more of them for a soak. */
export const interleavings = Number(process.env['INTERLEAVINGS'] ?? 200)
