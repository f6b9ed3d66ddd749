/** Ends with 0 when the process of this container is ready to work, for the health check of compose.yaml. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).catch(() => null)
process.exitCode = answer?.ok ? 0 : 1
