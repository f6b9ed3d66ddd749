import { randomUUID } from 'node:crypto'
import type { ArrangementReceipt, ShareInput } from '@samkraft/contracts/arrangements'
import type { OfferDetails } from '@samkraft/contracts/marketplace'
import { type Actor, addDays, mondayOf, type Period, type Role } from '@samkraft/kernel'
import type { z } from 'zod'
import { actorOf } from '../world/cast.ts'
import { fullOffer, fullRequest } from '../world/market.ts'
import type { World } from '../world/world.ts'

export const lender = 'vasteras'
/** Those who borrow. */
export const borrowers = [
  ...['arboga', 'fagersta', 'hallstahammar', 'kungsor'],
  ...['koping', 'norberg', 'sala', 'surahammar'],
] as const

/** The Monday of this week: what begins here has begun. */
const thisWeek = mondayOf(new Date().toISOString().slice(0, 10))
/** How many weeks offers and requests last. */
export const weeksOffered = 16

/** `weeks` weeks from the `first` of those offered on. */
export function weeks(first: number, count: number): Period {
  return { from: addDays(thisWeek, 7 * first), to: addDays(thisWeek, 7 * (first + count)) }
}

/** What the lender puts in, all weeks the same. */
export type Capacity = Readonly<{ hours: number; floor: number }>
export type Offer = Readonly<{ id: string; floor: number }>
/** Somebody who borrows, and what is asked for. */
export type Borrower = Readonly<{ name: string; requestId: string }>
/** What one arrangement asks of an offer, for each of its borrowers. */
export type Ask = Readonly<{ borrowers: readonly Borrower[]; hours: number; period: Period }>
export type Arranged = Readonly<{ id: string; offer: Offer; ask: Ask }>

/** A request that has been part of this many arrangements is followed by a new one, as in a market that goes on. */
const usesOfARequest = 20

export type Market = ReturnType<typeof openMarket>

/** The market as its people use it: every command through the real routers, each by whoever may give it. */
export function openMarket(world: World) {
  const requests = new Map<string, { id: Promise<string>; uses: number }>()
  const officer = (of: string) => as(`handlaggare@${of}.example`)
  const decider = (of: string) => as(`skolchef@${of}.example`)
  const coordinator = () => as('samordnare@regionvastmanland.example')

  function as(email: string, ...roles: Role[]) {
    const actor = actorOf(email)
    const chosen: Actor = roles.length > 0 ? { ...actor, roles } : actor
    return world.as(chosen)
  }

  function offered({ hours, floor }: Capacity): z.input<typeof OfferDetails> {
    const segments = [{ period: weeks(0, weeksOffered), hoursPerWeek: hours }]
    return { ...fullOffer, segments, slice: 0.25, reserveFloor: floor, confirmedUntil: null }
  }

  async function publishOffer(capacity: Capacity): Promise<Offer> {
    const { id } = await officer(lender).marketplace.offer.publish({ ...key(), details: offered(capacity) })
    return { id, floor: capacity.floor }
  }

  /**
   * A borrower with a request that is large enough for everything; another one for each `turn`, since the same days of a request
   * are not agreed on twice at once.
   */
  async function borrower(name: string, turn = 0): Promise<Borrower> {
    const place = `${name} ${turn}`
    const known = requests.get(place)
    if (known && known.uses < usesOfARequest) {
      known.uses += 1
      return { name, requestId: await known.id }
    }
    const segments = [{ period: weeks(0, weeksOffered), hoursPerWeek: 40 }]
    const details = { ...fullRequest, requiredCompetences: [fullOffer.mainCompetence], segments, least: 0.25 }
    const published = officer(name).marketplace.request.publish({ ...key(), details })
    const id = published.then((saved) => saved.id)
    requests.set(place, { id, uses: 1 })
    return { name, requestId: await id }
  }

  function terms({ borrowers, hours, period }: Ask) {
    const shares = borrowers.map(({ requestId }): ShareInput => ({ requestId, period, hoursPerWeek: hours }))
    return { shares, place: 'remote' as const, rationale: 'Tillsammans räcker det.' }
  }

  /** From agreed terms to the coordinator's desk: the lender's authority says yes, then each borrower's. */
  async function decideAll(receipt: ArrangementReceipt, ask: Ask): Promise<ArrangementReceipt> {
    const yes = { decision: 'yes', delegationReference: 'Delegationsordning 4.2', noConflictOfInterest: true } as const
    let at = receipt
    for (const name of [lender, ...ask.borrowers.map((borrower) => borrower.name)])
      at = await decider(name).arrangements.arrangement.decide({ ...onIt(at), ...yes })
    return at
  }

  /** An arrangement both sides have decided for; it waits for the coordinator. Offer and requests must be known there. */
  async function arrange(offer: Offer, ask: Ask): Promise<Arranged> {
    const { arrangements } = officer(lender)
    let at = await arrangements.arrangement.propose({ ...key(), offerId: offer.id, ...terms(ask) })
    for (const { name } of ask.borrowers) at = await officer(name).arrangements.arrangement.accept(onIt(at))
    await decideAll(at, ask)
    return { id: at.arrangementId, offer, ask }
  }

  /** The same parties try again with fewer hours: new terms, which everyone has to say yes to anew. */
  async function arrangeAnew({ id, ask }: Arranged, version: number, hours: number): Promise<void> {
    const anew = { ...ask, hours }
    const { arrangements } = officer(lender)
    let at = await arrangements.arrangement.revise({
      ...onIt({ arrangementId: id, version }),
      ...terms(anew),
    })
    for (const { name } of ask.borrowers) at = await officer(name).arrangements.arrangement.accept(onIt(at))
    await decideAll(at, anew)
  }

  return {
    officer,
    decider,
    coordinator,
    offered,
    publishOffer,
    borrower,
    arrange,
    arrangeAnew,
  }
}

export function key(): { commandKey: string } {
  return { commandKey: randomUUID() }
}

/** What a command on an arrangement carries besides its own fields. */
export function onIt({ arrangementId, version }: { arrangementId: string; version: number }) {
  return { ...key(), arrangementId, version }
}
