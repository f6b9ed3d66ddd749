export { allocate } from './allocate.ts'
export {
  type Assignment,
  type Edge,
  type Market,
  type Offer,
  type Options,
  type Plan,
  type Policy,
  type Progress,
  type Reason,
  type Request,
  type Segment,
  type Shape,
  type Unmet,
} from './market.ts'
export { judge } from './worth.ts'
