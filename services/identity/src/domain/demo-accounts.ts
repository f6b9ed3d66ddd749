import type { Role } from '@samkraft/kernel'
import { demoPersonIdFor, organisationIdFor } from './organisation-id.ts'

/** Published in the README: opens nothing unless the demonstration is on. */
export const demoPassword = 'ensam-ar-inte-stark'

type Function = Readonly<{ local: string; title: string; roles: readonly Role[] }>

/** Titles, not invented people. */
const functions: readonly Function[] = [
  { local: 'handlaggare', title: 'Handläggare', roles: ['officer'] },
  { local: 'enhetschef', title: 'Enhetschef', roles: ['manager'] },
  { local: 'skolchef', title: 'Skolchef', roles: ['manager', 'decider', 'signatory'] },
  { local: 'ordforande', title: 'Ordförande', roles: ['chair', 'signatory'] },
  { local: 'registrator', title: 'Registrator', roles: ['registrar'] },
  { local: 'administrator', title: 'Administratör', roles: ['administrator'] },
]

/** The ten municipalities of the agreement, as their addresses write them. */
const municipalities = {
  skinnskatteberg: '1904',
  surahammar: '1907',
  kungsor: '1960',
  hallstahammar: '1961',
  norberg: '1962',
  vasteras: '1980',
  sala: '1981',
  fagersta: '1982',
  koping: '1983',
  arboga: '1984',
} as const

export type DemoAccount = Readonly<{
  personId: string
  organisationId: string
  email: string
  title: string
  roles: readonly Role[]
}>

/** The accounts of the demonstration, by organisation. */
export function demoAccounts(): ReadonlyMap<string, readonly DemoAccount[]> {
  const accounts = [
    ...Object.entries(municipalities).flatMap(([name, code]) =>
      functions.map((held) => account(`municipality:${code}`, `${name}.example`, held)),
    ),
    account('region:19', 'regionvastmanland.example', {
      local: 'samordnare',
      title: 'Samordnare',
      roles: ['officer', 'coordinator'],
    }),
    account('region:19', 'regionvastmanland.example', {
      local: 'administrator',
      title: 'Administratör',
      roles: ['administrator'],
    }),
    account('national_association:skr', 'skr.example', {
      local: 'processtod',
      title: 'Processtöd',
      roles: ['process_support'],
    }),
    account('national_association:skr', 'skr.example', {
      local: 'administrator',
      title: 'Administratör',
      roles: ['administrator'],
    }),
  ]
  return Map.groupBy(accounts, ({ organisationId }) => organisationId)
}

function account(organisationKey: string, domain: string, { local, title, roles }: Function): DemoAccount {
  const email = `${local}@${domain}`
  return {
    personId: demoPersonIdFor(email),
    organisationId: organisationIdFor(organisationKey),
    email,
    title,
    roles,
  }
}
