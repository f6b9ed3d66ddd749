import type { Migrations } from '@samkraft/db'
import { organisations } from './0001-organisations.ts'
import { people } from './0002-people.ts'
import { rowSecurity } from './0003-row-security.ts'
import { newPasswords } from './0004-new-passwords.ts'
import { organisationsToldAgain } from './0005-organisations-told-again.ts'
import { operatorLinks } from './0006-operator-links.ts'
import { ownLinks } from './0007-own-links.ts'
import { makersOfLinks } from './0008-makers-of-links.ts'
import { knownPlaces } from './0009-known-places.ts'

export const migrations: Migrations = {
  '0001-organisations': organisations,
  '0002-people': people,
  '0003-row-security': rowSecurity,
  '0004-new-passwords': newPasswords,
  '0005-organisations-told-again': organisationsToldAgain,
  '0006-operator-links': operatorLinks,
  '0007-own-links': ownLinks,
  '0008-makers-of-links': makersOfLinks,
  '0009-known-places': knownPlaces,
}
