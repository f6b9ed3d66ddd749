/** One thing to choose. */
export type Option = Readonly<{ value: string; label: string; hint?: string }>

/** Options under a heading of their own, such as the groups of a vocabulary. */
export type OptionGroup = Readonly<{ label: string; options: readonly Option[] }>
