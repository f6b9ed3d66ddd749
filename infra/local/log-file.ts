import { copyFile, open } from 'node:fs/promises'
import { type Tell } from './supervisor.ts'

const keepBytes = 10_000_000
const lookEveryMs = 500

/**
 * Shows what goes wrong in a process at the terminal. The process writes its log file itself, so that neither its speed
 * nor its last words depend on us; we read along, and put aside what has grown large. One older file is kept.
 */
export async function showErrors(name: string, file: string, tell: Tell): Promise<() => Promise<void>> {
  const handle = await open(file, 'a+', 0o600)
  let position = (await handle.stat()).size
  let rest = ''
  let reading = Promise.resolve()

  async function read(): Promise<void> {
    const { size } = await handle.stat()
    while (position < size) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536, position)
      if (bytesRead === 0) return
      position += bytesRead
      const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const error = errorIn(line)
        if (error) tell(`${name}: ${error}`)
      }
    }
    if (position < keepBytes) return
    // Copied and emptied, because the process goes on writing at the end of the file that it has open.
    await copyFile(file, `${file}.1`)
    await handle.truncate()
    position = 0
  }

  const look = () => (reading = reading.then(read).catch(() => undefined))
  const timer = setInterval(() => void look(), lookEveryMs).unref()
  return async () => {
    clearInterval(timer)
    await look()
    await handle.close()
  }
}

/** The sentence in a log line that reports an error; nothing for all other lines. */
export function errorIn(line: string): string | undefined {
  if (!line.startsWith('{')) return /^\S*Error\b|^Uncaught/.test(line) ? line : undefined
  if (!/"level":"(error|fatal)"/.test(line)) return undefined
  try {
    const entry = JSON.parse(line) as { msg?: string; message?: string; err?: { message?: string }; requestId?: string }
    const said = [entry.msg ?? entry.message, entry.err?.message].filter((part) => part !== undefined)
    const unique = [...new Set(said)].join(': ')
    return entry.requestId ? `${unique} (request ${entry.requestId})` : unique
  } catch {
    return undefined
  }
}

/** The end of a log file, for when it says why something does not start. */
export async function lastLines(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, 16_384)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-15).join('\n')
  } finally {
    await handle.close()
  }
}
