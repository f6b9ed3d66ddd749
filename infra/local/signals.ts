/**
 * Aborts at Ctrl-C, SIGTERM, a closed terminal, or when the process that started us is gone. The terminal and npm may
 * both pass on the same Ctrl-C, so that later ones change nothing.
 */
export function untilToldToStop(): AbortSignal {
  const controller = new AbortController()
  const stop = () => controller.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.channel) process.once('disconnect', stop)
  return controller.signal
}
