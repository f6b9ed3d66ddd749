import { expect, test } from 'vitest'
import { demoFrom, portsFrom } from './places.ts'

test('the usual ports, unless told', () => {
  expect(portsFrom({})).toMatchObject({ web: 4000, postgres: 4032 })
  expect(portsFrom({ PORT_WEB: '8080' })).toMatchObject({ web: 8080, identity: 4001 })
})

test.each(['', 'http', '0', '65536', '80.5'])('"%s" is no port, and the message names the setting', (text) => {
  expect(() => portsFrom({ PORT_MATCHING: text })).toThrow(`PORT_MATCHING is "${text}"`)
})

test('two parts cannot share a port', () => {
  expect(() => portsFrom({ PORT_WEB: '4001' })).toThrow('Port 4001 is given to more than one part')
})

test('the demonstration is what is started, unless told', () => {
  expect(demoFrom({})).toBe(true)
  expect(demoFrom({ SAMKRAFT_DEMO: '1' })).toBe(true)
  expect(demoFrom({ SAMKRAFT_DEMO: '0' })).toBe(false)
})

test.each(['', 'false', 'off'])('"%s" says nothing of the demonstration, and the message names the setting', (text) => {
  expect(() => demoFrom({ SAMKRAFT_DEMO: text })).toThrow(`SAMKRAFT_DEMO is "${text}"; it must be 0 or 1`)
})
