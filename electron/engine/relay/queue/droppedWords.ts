/** Owns: the words of a recipient that a person dropped: that it was so, then what was said to it last. */

const dropped = 'Dropped by hand'

/** `last`: what was said to it last, if anything. Words that say it already stay as they are. */
export const droppedWords = (last: string | undefined): string =>
  last === undefined || last === ''
    ? dropped
    : last.startsWith(dropped)
      ? last
      : `${dropped}; said last: ${last}`
