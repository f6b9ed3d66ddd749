import { Agent, request } from 'node:http'

/** What goes through a door, exactly as written: no client of ours tidies it up on the way. */
export type Sent = Readonly<{
  url: string
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
}>
export type Answer = Readonly<{ status: number; location: string; text: string }>

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** Sends over a kept connection and reads the whole answer; of a stream of events, its beginning. */
export function send(sent: Sent): Promise<Answer> {
  const { url, method = 'GET', headers = {}, body } = sent
  // Cut by hand: URL would mend what is odd about the path.
  const [, host = '', port = '', path = '/'] = /^http:\/\/([^:/]+):(\d+)(.*)$/.exec(url) ?? []
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const sending = request({ agent, host, port, path, method, headers: { ...length, ...headers } }, (response) => {
    const { statusCode: status = 0 } = response
    const answer = (text: string) => resolve({ status, location: response.headers.location ?? '', text })
    if (response.headers['content-type'] === 'text/event-stream') {
      answer('')
      return void response.destroy()
    }
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => answer(Buffer.concat(chunks).toString()))
    response.on('error', reject)
  })
  // What is turned away half-read has its answer before its connection breaks. A connection that was kept may be closed for
  // its idleness just as it is taken again; whatever was sent breaks a new one as well, if it was that.
  sending.on('error', (error) => (sending.reusedSocket && isReset(error) ? resolve(send(sent)) : reject(error)))
  sending.end(body)
  return promise
}

function isReset(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET'
}
