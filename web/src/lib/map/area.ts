/** The box a map is drawn in. */
export const mapSize = { width: 400, height: 420 } as const

/** A municipality drawn: its outline as SVG path data, and where its name stands. */
export type AreaShape = Readonly<{ code: string; name: string; path: string; x: number; y: number }>
