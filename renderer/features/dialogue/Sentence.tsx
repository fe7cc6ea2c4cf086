/**
 * Owns: the sentence in a dialogue's head. In a small window a long one is cut to two lines, so that the ladder keeps its
 * room, with a button for the rest; a screen reader hears all of it either way.
 */
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import styles from './DialogueView.module.css'

/** Whether the cut takes anything away, as the words are laid out now. */
function useIsCut() {
  const element = useRef<HTMLDivElement>(null)
  const [isCut, setCut] = useState(false)
  const look = useCallback(() => {
    const words = element.current
    // While all of it shows, what was seen before holds.
    if (words === null || words.dataset['whole'] !== undefined) return
    setCut(words.scrollHeight > words.clientHeight + 1)
  }, [])
  // After each draw: other words have other heights.
  useLayoutEffect(look)
  useEffect(() => {
    if (typeof ResizeObserver === 'undefined' || element.current === null) return undefined
    const observer = new ResizeObserver(look)
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [look])
  return { element, isCut }
}

export function Sentence({ text }: { text: string }) {
  const id = useId()
  const [isWhole, setWhole] = useState(false)
  const { element, isCut } = useIsCut()
  return (
    <div className={styles.sentence}>
      <div
        ref={element}
        id={id}
        className={cx(!isWhole && styles.cut)}
        {...(isWhole ? { 'data-whole': '' } : {})}
      >
        {text}
      </div>
      {isCut && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isWhole}
          aria-controls={id}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show less' : 'Show all of it'}
        </button>
      )}
    </div>
  )
}
