/**
 * Turns the direction of the next step to what is left of each thing, and leans it on the last one where the two disagree
 * (Camerini, Fratta and Maffioli). No price can fall below 0. False when there is nowhere to go:
 * a direction of no more than `nothing` is what rounding left, and a step along it would know no end.
 */
export function turn(direction: Float64Array, spare: Float64Array, price: Float64Array, nothing = 0): boolean {
  let across = 0
  let square = 0
  for (let at = 0; at < spare.length; at += 1) {
    across += spare[at]! * direction[at]!
    square += direction[at]! * direction[at]!
  }
  const lean = across < 0 ? (-1.5 * across) / square : 0
  let moves = false
  for (let at = 0; at < spare.length; at += 1) {
    const towards = spare[at]! + lean * direction[at]!
    direction[at] = Math.abs(towards) <= nothing || (towards > 0 && price[at] === 0) ? 0 : towards
    moves ||= direction[at] !== 0
  }
  return moves
}

/** Moves the prices against the direction, as far as would lower a straight sum by `fall`. */
export function move(price: Float64Array, direction: Float64Array, fall: number): void {
  let square = 0
  for (const towards of direction) square += towards * towards
  const far = fall / square
  for (let at = 0; at < price.length; at += 1) price[at] = Math.max(0, price[at]! - far * direction[at]!)
}
