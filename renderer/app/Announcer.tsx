/** Owns: what is said politely to a screen reader: at most one sentence a second, always the newest. */
import { useEffect, useRef, useState } from 'react'
import { useServices, useView } from '../flows/services.ts'

const pause = 1000
/** Milliseconds after which a sentence is taken away: who reads the page later must not find what was true once. */
const stays = 10_000

export function Announcer() {
  const { view } = useServices().stores
  const announcement = useView(({ announcement: words }) => words)
  const [said, setSaid] = useState('')
  const last = useRef(0)
  useEffect(() => {
    const wait = Math.max(0, last.current + pause - performance.now())
    let timer = setTimeout(() => {
      last.current = performance.now()
      setSaid(announcement)
      // Out of the store too: the same sentence is news the next time.
      if (announcement !== '') timer = setTimeout(() => view.getState().set({ announcement: '' }), stays)
    }, wait)
    return () => clearTimeout(timer)
  }, [announcement, view])
  return (
    <output className="visuallyHidden" aria-live="polite">
      {said}
    </output>
  )
}
