/** Owns: where single keys do not act: in a field a letter is text, and under a question nothing moves. */

/** True for fields, and anything editable. */
export const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))

/** In an open menu letters look for an entry, also before the focus has moved into it. */
export const isChoosing = (): boolean => document.querySelector('[role=menu]') !== null

/** A dialog waits for an answer; what lies under it must not be moved by keys. */
export const isAsked = (): boolean => document.querySelector('[data-asks]') !== null
