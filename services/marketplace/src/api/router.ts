import { AuditVerification, AuditView, cursorPage, ListAudit } from '@samkraft/contracts'
import {
  GetHeadings,
  GetLedger,
  GetSummary,
  HeadingsView,
  LedgerView,
  ListTasks,
  SummaryView,
  TaskView,
} from '@samkraft/contracts/marketplace'
import { getHeadings } from '../app/get-headings.ts'
import { getLedger } from '../app/get-ledger.ts'
import { listAudit } from '../app/list-audit.ts'
import { listTasks } from '../app/list-tasks.ts'
import { summariseMarket } from '../app/summarise-market.ts'
import { verifyAudit } from '../app/verify-audit.ts'
import { competenceRouter } from './competence.router.ts'
import { offerRouter } from './offer.router.ts'
import { requestRouter } from './request.router.ts'
import { procedure, router as routerOf } from './trpc.ts'

export const router = routerOf({
  competence: competenceRouter,
  offer: offerRouter,
  request: requestRouter,
  ledger: routerOf({
    get: procedure
      .input(GetLedger)
      .output(LedgerView)
      .query(({ ctx, input }) => getLedger(ctx, input)),
  }),
  market: routerOf({
    summary: procedure
      .input(GetSummary)
      .output(SummaryView)
      .query(({ ctx, input }) => summariseMarket(ctx, input)),
    headings: procedure
      .input(GetHeadings)
      .output(HeadingsView)
      .query(({ ctx, input }) => getHeadings(ctx, input)),
  }),
  task: routerOf({
    list: procedure
      .input(ListTasks)
      .output(cursorPage(TaskView))
      .query(({ ctx, input }) => listTasks(ctx, input)),
  }),
  audit: routerOf({
    list: procedure
      .input(ListAudit)
      .output(cursorPage(AuditView))
      .query(({ ctx, input }) => listAudit(ctx, input)),
    verify: procedure.output(AuditVerification).query(({ ctx }) => verifyAudit(ctx)),
  }),
})

/** What the web types its calls by. */
export type Router = typeof router
