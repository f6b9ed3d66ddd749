/** A municipality drawn: its outline as SVG path data, and where its name stands. */
export type AreaShape = Readonly<{ code: string; name: string; path: string; x: number; y: number }>
