import { writeSync } from 'node:fs'

/**
 * Writes a line of a log. A pipe that nobody reads for a while is waited for. On a full disk the line is lost and the process
 * goes on; by `process.stdout` it would end, or hang until there is room.
 */
export function writeLine(line: string): void {
  let rest = Buffer.from(line)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if (!isBusy(error)) return
      Atomics.wait(nothing, 0, 0, 10)
    }
  }
}

const nothing = new Int32Array(new SharedArrayBuffer(4))

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}
