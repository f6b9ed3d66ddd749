import { expect, test } from 'vitest'
import { placeLimit } from './sign-in-limit.ts'

const place = (address: string) => placeLimit(address).key.toString('hex')

test('the addresses of one IPv6 network are one place, however they are written', () => {
  const same = ['2001:db8:0:7::1', '2001:DB8::7:a:b:c:d', '2001:0db8:0000:0007:1:2:3:4', '2001:db8:0:7:ffff::']
  expect(new Set(same.map(place)).size).toBe(1)
  expect(place('2001:db8:0:8::1')).not.toBe(place('2001:db8:0:7::1'))
  expect(place('::1')).not.toBe(place('2001:db8:0:7::1'))
})

test('each IPv4 address is a place, also when a socket writes it as an IPv6 one', () => {
  expect(place('::ffff:192.0.2.7')).toBe(place('192.0.2.7'))
  expect(place('::ffff:192.0.2.8')).not.toBe(place('192.0.2.7'))
})
