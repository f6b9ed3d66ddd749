/**
 * Loaded into every process the supervisor starts (`node --import`). The channel to the supervisor closes when it ends,
 * however it ends; then this process stops as if it had been asked to, so that none is left behind.
 */
const patienceMs = 10_000

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), patienceMs).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  // Waiting for that must not keep a process alive that has nothing else to do.
  process.channel.unref()
}
