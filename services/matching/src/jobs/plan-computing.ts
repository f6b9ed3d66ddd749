import { Worker } from 'node:worker_threads'
import type { Plan } from '@samkraft/allocation'
import type { PlanPolicy, PlanSettings } from '@samkraft/contracts/matching'
import type { Decided, PlanMarket } from '../domain/plan-market.ts'

/** What the thread is given. `flags[0]` is 1 when it is to stop. */
export type PlanTask = Decided &
  Readonly<{ market: PlanMarket; settings: PlanSettings; flags: Int32Array<SharedArrayBuffer> }>

export type ThreadMessage =
  Readonly<{ progress: number; plans?: never }> | Readonly<{ progress?: never; plans: [PlanPolicy, Plan][] }>

export type Computing = Readonly<{
  /** What came of every policy; rejects when the thread breaks or is ended. */
  done: Promise<[PlanPolicy, Plan][]>
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
  const done = new Promise<[PlanPolicy, Plan][]>((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.plans) resolve(message.plans)
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
