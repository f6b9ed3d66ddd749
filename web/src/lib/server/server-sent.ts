/** A line longer than this is no change of ours; the stream it came in is given up. */
const longestLine = 10_000

/**
 * The data of the events of one name in a body of server-sent events (WHATWG HTML, 9.2.6), one line each. Other events,
 * comments and fields are skipped.
 */
export async function* serverSentData(body: ReadableStream<Uint8Array>, name: string): AsyncGenerator<string> {
  let rest = ''
  let data: string[] = []
  let event = 'message'
  for await (const text of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new Error('a server-sent line is too long')
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(valueOf(line))
      else if (line.startsWith('event:')) event = valueOf(line)
      else if (line === '') {
        // What we pass on is JSON: a line break in it was white space.
        if (data.length > 0 && event === name) yield data.join(' ')
        data = []
        event = 'message'
      }
    }
  }
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).replace(/^ /, '')
}
