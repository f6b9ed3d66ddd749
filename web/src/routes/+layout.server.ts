import { randomUUID } from 'node:crypto'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals: { actor } }) => ({
  /** Who is signed in, for the header and for what is shown to some roles only. */
  actor,
  /** Makes a double submit of one form of this page one command. */
  formKey: randomUUID(),
})
