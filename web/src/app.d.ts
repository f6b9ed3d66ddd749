import type { Services } from '#lib/server/services.ts'
import type { SignedIn } from '#lib/signed-in.ts'

declare global {
  namespace App {
    interface Error {
      /** The sentence people read; never more than they may know. */
      message: string
      status: number
      /** Names this request in the logs, for whoever is asked about it. */
      requestId?: string
    }
    interface Locals {
      requestId: string
      actor: SignedIn | null
      /** One typed client per service, acting as `actor`. */
      services: Services
    }
    interface PageData {
      /** How many things wait for this person, where the page knows. */
      waiting?: number
    }
  }
}
