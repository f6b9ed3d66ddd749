import { Worker } from 'node:worker_threads'
import type { PlanSettings } from '@samkraft/contracts/matching'
import type { Computed } from '../app/work-off-plan.ts'
import type { Decided, PlanMarket } from '../domain/plan-market.ts'
import type { Sides } from '../domain/plan-pairs.ts'

/** What the thread is given. `flags[0]` is 1 when it is to stop. */
export type PlanTask = Decided &
  Readonly<{ market: PlanMarket; unscored: Sides; settings: PlanSettings; flags: Int32Array<SharedArrayBuffer> }>

export type ThreadMessage =
  Readonly<{ progress: number; computed?: never }> | Readonly<{ progress?: never; computed: Computed }>

export type Computing = Readonly<{
  /** What came of every policy; rejects when the thread breaks or is ended. */
  done: Promise<Computed>
  /** How far it has come, 0–1. */
  progress(): number
  /** Asks for what there is by now. */
  stop(): void
  /** Ends it without a result. */
  end(): Promise<void>
}>

/** Computes a plan under every policy beside everything else this process does. */
export function computePlans(task: Omit<PlanTask, 'flags'>): Computing {
  const flags = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  let progress = 0
  const worker = new Worker(new URL('./plan-thread.ts', import.meta.url), { workerData: { ...task, flags } })
  const done = new Promise<Computed>((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.computed) resolve(message.computed)
      else progress = message.progress
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the thread that computes a plan has ended')))
  })
  return {
    done,
    progress: () => progress,
    stop: () => void Atomics.store(flags, 0, 1),
    end: async () => {
      await worker.terminate()
    },
  }
}
