import { randomUUID } from 'node:crypto'
import { whose } from '#lib/live.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals: { actor }, url, depends }) => {
  depends(whose)
  // Read, so that this is loaded with every page: another tab may have chosen another organisation since the last.
  void url.pathname
  return {
    /** Who is signed in, for the header and for what is shown to some roles only. */
    actor,
    /** Makes a double submit of one form of this page one command. */
    formKey: randomUUID(),
  }
}
