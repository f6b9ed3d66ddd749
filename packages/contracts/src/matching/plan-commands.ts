import { z } from 'zod'
import { Command, Id, Version } from '../command.ts'
import { oneLine } from '../text.ts'
import { PlanLock, PlanPair, PlanSettings } from './plans.ts'

/** Computes a plan of what is open now. With `basedOn` it keeps that plan's locks and exclusions. */
export const ComputePlan = Command.extend(PlanSettings.shape).extend({ basedOn: Id.nullable().default(null) })
export type ComputePlan = z.infer<typeof ComputePlan>

/** What the coordinator decides by hand: `release` takes back a lock or an exclusion. */
export const PlanChange = z.discriminatedUnion('kind', [
  PlanLock.extend({ kind: z.literal('lock') }),
  PlanPair.extend({ kind: z.literal('exclude') }),
  PlanPair.extend({ kind: z.literal('release') }),
])
export type PlanChange = z.infer<typeof PlanChange>

/** Makes a new plan of the same market with one thing decided by hand; the plan before stays as it was. */
export const AdjustPlan = Command.extend({ planId: Id, change: PlanChange })
export type AdjustPlan = z.infer<typeof AdjustPlan>

export const StopPlan = Command.extend({ planId: Id })
export type StopPlan = z.infer<typeof StopPlan>

/** Keeps a plan under a name; one without a name is forgotten after a month. */
export const SavePlan = Command.extend({ planId: Id, version: Version, name: oneLine(80) })
export type SavePlan = z.infer<typeof SavePlan>

export const DiscardPlan = Command.extend({ planId: Id, version: Version })
export type DiscardPlan = z.infer<typeof DiscardPlan>

export const PlanReceipt = z.object({ planId: Id, version: Version })
export type PlanReceipt = z.infer<typeof PlanReceipt>
