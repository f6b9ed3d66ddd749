import { type ActionFailure, fail } from '@sveltejs/kit'
import { ReviseArrangement } from '@samkraft/contracts/arrangements'
import type { FormState } from '#lib/form.ts'
import { compareTerms, partyNames } from './revisions.ts'
import type { TypedTerms } from './terms.ts'

const Typed = ReviseArrangement.pick({ shares: true, place: true, rationale: true })

/** A counter-proposal that came too late, with what was typed beside the terms as they are now. */
export async function besideCurrent(
  { services }: Pick<App.Locals, 'services'>,
  arrangementId: string,
  answer: ActionFailure<FormState>,
  typed: TypedTerms,
): Promise<ActionFailure<FormState>> {
  const arrangement = await services.arrangements.arrangement.get.query({ arrangementId })
  const yours = Typed.safeParse(typed)
  const [latest] = arrangement.revisions
  if (!yours.success || !latest) return answer
  const { shares, place, rationale } = yours.data
  const whose = new Map(latest.terms.shares.map(({ requestId, organisationId }) => [requestId, organisationId]))
  const terms = {
    // Nobody types what the offer costs and comes with.
    cost: latest.terms.cost,
    offerVersion: latest.terms.offerVersion,
    place,
    rationale,
    shares: shares.map((share) => ({ ...share, organisationId: whose.get(share.requestId) ?? '' })),
  }
  const rows = compareTerms({ terms }, latest, partyNames(arrangement)).filter(({ changed }) => changed)
  return fail(answer.status, { ...answer.data, details: { ...answer.data.details, rows } })
}
