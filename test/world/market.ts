import { offerDetails, offerRows, requestDetails, requestRows } from '../../infra/local/demo/market.ts'

const [, , , , , , , anOffer] = offerRows
const [aRequest] = requestRows
if (!anOffer || !aRequest) throw new Error('the demo market is empty')

/** All that an offer and a request of the demo market say, for tests that need one to publish or to make others of. */
export const fullOffer = offerDetails(anOffer)
export const fullRequest = requestDetails(aRequest)
