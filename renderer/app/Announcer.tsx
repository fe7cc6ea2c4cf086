/** Owns: what is said politely to a screen reader: at most one sentence a second, always the newest. */
import { useEffect, useRef, useState } from 'react'
import { useView } from '../flows/services.ts'

const pause = 1000

export function Announcer() {
  const announcement = useView((view) => view.announcement)
  const [said, setSaid] = useState('')
  const last = useRef(0)
  useEffect(() => {
    const wait = Math.max(0, last.current + pause - performance.now())
    const timer = setTimeout(() => {
      last.current = performance.now()
      setSaid(announcement)
    }, wait)
    return () => clearTimeout(timer)
  }, [announcement])
  return (
    <output className="visuallyHidden" aria-live="polite">
      {said}
    </output>
  )
}
