import type { Municipality } from './market.ts'

/** How far an arrangement of the demo market has come. Each goes through all before it, except the refusals. */
export const stages = ['proposed', 'accepted', 'lender_yes', 'both_yes', 'approved'] as const
export type Stage = (typeof stages)[number]

export type Story = Readonly<{
  lender: Municipality
  competence: string
  /** Who gets how many hours a week. */
  borrowers: readonly (readonly [Municipality, number])[]
  stage: Stage
  /** How it closed or went back instead of going on from `stage`. */
  turn?: 'declined' | 'returned' | 'withdrawn'
  rationale: string
}>

/** Whose request for which competence. */
export type PoolMember = readonly [Municipality, competence: string]

/** Requests of the demo market that are pooled. */
export const pools: readonly (readonly [PoolMember, ...PoolMember[]])[] = [
  [
    ['surahammar', 'skolskoterska'],
    ['hallstahammar', 'skolskoterska'],
  ],
]

const access = 'Ingen av oss kan hålla funktionen själv, och eleverna får hjälp tidigare.'
const shared = 'En delad funktion ger fler vana ögon än en tjänst på några timmar i varje kommun.'
const equal = 'Eleverna ska få samma stöd var i länet de än bor.'

/** So that the worklist has something of everything. */
export const stories: readonly Story[] = [
  { lender: 'koping', competence: 'logoped', borrowers: [['kungsor', 4]], stage: 'approved', rationale: access },
  {
    lender: 'vasteras',
    competence: 'skollakare',
    borrowers: [
      ['skinnskatteberg', 2],
      ['arboga', 4],
    ],
    stage: 'approved',
    rationale: shared,
  },
  { lender: 'sala', competence: 'ikt-pedagog', borrowers: [['kungsor', 4]], stage: 'approved', rationale: access },
  {
    lender: 'vasteras',
    competence: 'skoljurist',
    borrowers: [
      ['norberg', 2],
      ['skinnskatteberg', 2],
      ['surahammar', 2],
      ['kungsor', 3],
    ],
    stage: 'both_yes',
    rationale: shared,
  },
  { lender: 'vasteras', competence: 'logoped', borrowers: [['surahammar', 4]], stage: 'both_yes', rationale: equal },
  { lender: 'vasteras', competence: 'synpedagog', borrowers: [['kungsor', 2]], stage: 'lender_yes', rationale: equal },
  { lender: 'koping', competence: 'syv', borrowers: [['skinnskatteberg', 4]], stage: 'lender_yes', rationale: access },
  {
    lender: 'vasteras',
    competence: 'dataskyddsombud',
    borrowers: [
      ['fagersta', 4],
      ['skinnskatteberg', 2],
    ],
    stage: 'accepted',
    rationale: shared,
  },
  { lender: 'sala', competence: 'talpedagog', borrowers: [['surahammar', 3]], stage: 'accepted', rationale: equal },
  { lender: 'vasteras', competence: 'elevprognos', borrowers: [['norberg', 2]], stage: 'proposed', rationale: access },
  {
    lender: 'hallstahammar',
    competence: 'schemalaggare',
    borrowers: [['surahammar', 6]],
    stage: 'proposed',
    rationale: access,
  },
  {
    lender: 'hallstahammar',
    competence: 'larare-tyska',
    borrowers: [['skinnskatteberg', 4]],
    stage: 'proposed',
    turn: 'declined',
    rationale: equal,
  },
  {
    lender: 'vasteras',
    competence: 'horselpedagog',
    borrowers: [['fagersta', 2]],
    stage: 'both_yes',
    turn: 'returned',
    rationale: equal,
  },
  {
    lender: 'arboga',
    competence: 'skolskjutsplanerare',
    borrowers: [['koping', 6]],
    stage: 'proposed',
    turn: 'withdrawn',
    rationale: access,
  },
]
