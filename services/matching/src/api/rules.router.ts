import { RulesView } from '@samkraft/contracts/matching'
import { rules } from '../domain/rules.ts'
import { open, router } from './trpc.ts'

export const rulesRouter = router({
  /** The very table the code uses. */
  get: open.output(RulesView).query((): RulesView => rules),
})
