import type { ArrangementView, OrganisationRef, RevisionView } from '@samkraft/contracts/arrangements'
import { format, m } from '#lib/i18n.ts'
import { placeWords } from '#lib/marketplace/words.ts'
import { conditionsBeside, type ConditionsOf, costSaid } from './terms-said.ts'

/** One term, before and after. */
export type ComparedRow = Readonly<{ term: string; before: string; after: string; changed: boolean }>

export type Comparison = Readonly<{
  before: Readonly<{ number: number; by: string }>
  after: Readonly<{ number: number; by: string }>
  rows: readonly ComparedRow[]
}>

type Compared = Pick<RevisionView, 'terms'>
type NameOf = (organisationId: string) => string

/** What the shares are called: the organisations that are parties. */
export function partyNames({ parties }: Pick<ArrangementView, 'parties'>): NameOf {
  const names = new Map(
    parties.map(({ organisation }: { organisation: OrganisationRef }) => [organisation.id, organisation.name]),
  )
  return (id) => names.get(id) ?? ''
}

/** What each share is called: its organisation, and the part it is of what that gets where it gets several. */
export function shareNames(shares: readonly Readonly<{ organisationId: string }>[], nameOf: NameOf): string[] {
  return shares.map((share) => {
    const organisation = nameOf(share.organisationId)
    const own = shares.filter(({ organisationId }) => organisationId === share.organisationId)
    return own.length === 1 ? organisation : m.share_part({ organisation, number: own.indexOf(share) + 1 })
  })
}

/** Two revisions side by side, or null when there is only one. `chosen` is the later of the two; the latest unless said. */
export async function compareRevisions(
  arrangement: ArrangementView,
  conditionsOf: ConditionsOf,
  chosen: number | null,
): Promise<Comparison | null> {
  const { revisions } = arrangement
  const after = revisions.find(({ number }) => number === chosen && number > 1) ?? revisions[0]
  const before = after && revisions.find(({ number }) => number === after.number - 1)
  if (!after || !before) return null
  return {
    before: headOf(before),
    after: headOf(after),
    rows: [
      ...compareTerms(before, after, partyNames(arrangement)),
      ...(await compareConditions(conditionsOf, before, after)),
    ],
  }
}

/** What the offer came with, where it may be another and is known of both. */
async function compareConditions(
  conditionsOf: ConditionsOf,
  before: Compared,
  after: Compared,
): Promise<ComparedRow[]> {
  if (before.terms.offerVersion === after.terms.offerVersion) return []
  const [then, now] = await Promise.all([conditionsOf(before.terms), conditionsOf(after.terms)])
  return then && now ? conditionsBeside(then, now).map((one) => row(one.term, one.before, one.after)) : []
}

function headOf({ number, organisation }: RevisionView) {
  return { number, by: organisation.shortName }
}

/** All terms of two revisions, row by row. */
export function compareTerms(before: Compared, after: Compared, nameOf: NameOf): ComparedRow[] {
  const several = before.terms.shares.length > 1
  const names = shareNames(before.terms.shares, nameOf)
  const partsOf = ({ terms }: Compared, id: string) => terms.shares.filter(({ requestId }) => requestId === id)
  const shares = before.terms.shares.flatMap((share, index) => {
    const now = partsOf(after, share.requestId)[partsOf(before, share.requestId).indexOf(share)]
    const organisation = names[index] ?? ''
    return [
      row(
        several ? m.revision_hours_of({ organisation }) : m.arrangement_hours(),
        format.extent(share.hoursPerWeek),
        now ? format.extent(now.hoursPerWeek) : '',
      ),
      row(
        several ? m.revision_period_of({ organisation }) : m.arrangement_period(),
        format.periodInWeeks(share.period),
        now ? format.periodInWeeks(now.period) : '',
      ),
    ]
  })
  const [costBefore, costAfter] = [before.terms.cost, after.terms.cost]
  return [
    ...shares,
    row(m.arrangement_place(), placeWords[before.terms.place](), placeWords[after.terms.place]()),
    // Of terms from before it was kept it is not known, and so not whether it changed.
    ...(costBefore && costAfter ? [row(m.terms_cost(), costSaid(costBefore), costSaid(costAfter))] : []),
    row(m.arrangement_rationale(), before.terms.rationale, after.terms.rationale),
  ]
}

function row(term: string, before: string, after: string): ComparedRow {
  return { term, before, after, changed: before !== after }
}
