import { Agent, request } from 'node:http'
import { spread } from './report.ts'

/** One call of a load: where to, and what to send. */
export type Call = Readonly<{ url: string; method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }>

export type Measured = Readonly<{ perSecond: number; p50: number; p95: number }>

const connections = 16

/** Sixteen connections that call as fast as they are answered, for a while. Anything but 200 is an error. */
export async function load(next: (number: number) => Call, milliseconds: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const started = performance.now()
  let number = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - started < milliseconds) {
        const before = performance.now()
        await send(next(number++), agent)
        times.push(performance.now() - before)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1_000
  agent.destroy()
  return { perSecond: times.length / seconds, ...spread(times) }
}

function send({ url, method = 'GET', headers = {}, body }: Call, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      const { statusCode } = response
      response.on('error', reject)
      if (statusCode === 200) {
        response.resume()
        response.on('end', () => resolve())
        return
      }
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => reject(new Error(`${statusCode} from ${url}: ${text.slice(0, 300)}`)))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
