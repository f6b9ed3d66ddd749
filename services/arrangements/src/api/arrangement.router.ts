import {
  AcceptArrangement,
  ApproveArrangement,
  ArrangementPage,
  ArrangementReceipt,
  ArrangementView,
  DecideArrangement,
  DeclineArrangement,
  EndArrangement,
  GetArrangement,
  ListArrangements,
  ProposeArrangement,
  ReturnArrangement,
  ReviseArrangement,
  SetDiaryNumber,
  WithdrawArrangement,
} from '@samkraft/contracts/arrangements'
import { acceptArrangement } from '../app/accept-arrangement.ts'
import { approveArrangement } from '../app/approve-arrangement.ts'
import { decideArrangement } from '../app/decide-arrangement.ts'
import { declineArrangement } from '../app/decline-arrangement.ts'
import { endArrangement } from '../app/end-arrangement.ts'
import { getArrangement } from '../app/get-arrangement.ts'
import { listArrangements } from '../app/list-arrangements.ts'
import { proposeArrangement } from '../app/propose-arrangement.ts'
import { returnArrangement } from '../app/return-arrangement.ts'
import { reviseArrangement } from '../app/revise-arrangement.ts'
import { setDiaryNumber } from '../app/set-diary-number.ts'
import { withdrawArrangement } from '../app/withdraw-arrangement.ts'
import { procedure, router } from './trpc.ts'

export const arrangementRouter = router({
  propose: procedure
    .input(ProposeArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => proposeArrangement(ctx, input)),
  revise: procedure
    .input(ReviseArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => reviseArrangement(ctx, input)),
  accept: procedure
    .input(AcceptArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => acceptArrangement(ctx, input)),
  decline: procedure
    .input(DeclineArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => declineArrangement(ctx, input)),
  withdraw: procedure
    .input(WithdrawArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => withdrawArrangement(ctx, input)),
  decide: procedure
    .input(DecideArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => decideArrangement(ctx, input)),
  approve: procedure
    .input(ApproveArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => approveArrangement(ctx, input)),
  return: procedure
    .input(ReturnArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => returnArrangement(ctx, input)),
  end: procedure
    .input(EndArrangement)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => endArrangement(ctx, input)),
  setDiaryNumber: procedure
    .input(SetDiaryNumber)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => setDiaryNumber(ctx, input)),
  get: procedure
    .input(GetArrangement)
    .output(ArrangementView)
    .query(({ ctx, input }) => getArrangement(ctx, input)),
  list: procedure
    .input(ListArrangements)
    .output(ArrangementPage)
    .query(({ ctx, input }) => listArrangements(ctx, input)),
})
