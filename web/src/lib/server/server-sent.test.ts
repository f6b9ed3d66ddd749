import { expect, test } from 'vitest'
import { serverSentData } from './server-sent.ts'

async function read(...chunks: string[]): Promise<string[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
  return Array.fromAsync(serverSentData(body, 'changed'))
}

test('one event in one piece', async () => {
  expect(await read('event: changed\ndata: {"noun":"offer","id":"1"}\n\n')).toEqual(['{"noun":"offer","id":"1"}'])
})

test('an event cut anywhere is the same event', async () => {
  const whole = ': alive\n\nevent: changed\ndata: {"noun":"match","id":"ö"}\n\nevent:changed\r\ndata:2\r\n\r\n'
  for (let at = 1; at < whole.length; at++) {
    expect(await read(whole.slice(0, at), whole.slice(at)), `cut at ${at}`).toEqual(['{"noun":"match","id":"ö"}', '2'])
  }
})

test('an event that was not finished is not told', async () => {
  expect(await read('event: changed\ndata: 1\n')).toEqual([])
})

test('a line without end is given up', async () => {
  await expect(read(`data: ${'x'.repeat(20_000)}`)).rejects.toThrow('too long')
})

test('events of other names are not told', async () => {
  expect(await read('event: open\ndata: \n\nevent: heartbeat\ndata: 1\n\ndata: 2\n\n')).toEqual([])
})
