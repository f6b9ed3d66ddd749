import { expect, test } from 'vitest'
import { FormInput } from '../form-input.ts'
import { offerKind } from './offer-kind.ts'
import { requestKind } from './request-kind.ts'

test.each([offerKind, requestKind])(
  'a $noun that is only remote is in no municipality, whatever was chosen before that',
  (kind) => {
    const data = new FormData()
    data.set('place', 'hybrid')
    data.set('placeMunicipality', '1981')
    expect(kind.read(new FormInput(data), 'plats')).toMatchObject({ placeMunicipality: '1981' })
    data.set('place', 'remote')
    expect(kind.read(new FormInput(data), 'plats')).toMatchObject({ placeMunicipality: null })
  },
)
