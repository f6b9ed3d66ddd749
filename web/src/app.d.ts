import type { Services, Tokens } from '#lib/server/services.ts'
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
      /** Who asks. On every route outside `(open)` someone does, except while identity is away and when the session has ended. */
      actor: SignedIn | null
      /** Identity does not answer: nobody can be let in. */
      away: boolean
      /** Nobody is signed in where somebody must be: nobody can be let in. Only a form sent by script comes this far. */
      ended: boolean
      /** The proof of it for each service; the clients carry theirs. */
      tokens: Tokens
      /** One typed client per service, acting as `actor`. */
      services: Services
    }
    interface PageData {
      /** How many things wait for this person, where the page knows. */
      waiting?: number
    }
  }
}
