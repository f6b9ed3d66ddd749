import type { Role } from '@samkraft/kernel'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import type { SignedIn } from '#lib/signed-in.ts'
import { whyNotPropose } from './may-propose.ts'

const lender = { id: 'a lender', countyCode: '19' }
const borrower = { id: 'a borrower', countyCode: '21' }
const country = { id: 'a national actor', countyCode: null }

/** Only what the question is about. */
const someone = (organisationId: string, countyCode: string | null, roles: Role[]) =>
  ({ organisationId, roles, organisation: { countyCode } }) as unknown as SignedIn

const coordinator = (county: string) => someone('a region', county, ['coordinator'])

test('either party proposes, in a role that speaks for it', () => {
  for (const { id, countyCode } of [lender, borrower]) {
    expect(whyNotPropose(someone(id, countyCode, ['officer']), lender, [borrower])).toBeNull()
    expect(whyNotPropose(someone(id, countyCode, ['registrar']), lender, [borrower])).toBe(m.propose_role())
  }
  expect(whyNotPropose(someone('another', '19', ['officer']), lender, [borrower])).toBe(
    m.error_arrangement_not_a_party(),
  )
})

test("the coordinator of the lender's county proposes; of the borrower's where the lender has none", () => {
  expect(whyNotPropose(coordinator('19'), lender, [borrower])).toBeNull()
  expect(whyNotPropose(coordinator('21'), lender, [borrower])).toBe(m.propose_other_county())
  expect(whyNotPropose(coordinator('21'), country, [borrower])).toBeNull()
  // Also of what the region itself offers.
  const region = { id: 'a region', countyCode: '19' }
  expect(whyNotPropose(coordinator('19'), region, [borrower])).toBeNull()
  expect(whyNotPropose(coordinator('21'), { ...region, countyCode: '19' }, [borrower])).toBe(m.propose_role())
})
