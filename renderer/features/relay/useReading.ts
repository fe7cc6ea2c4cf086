/** Owns: having a text checked by the engine while it is typed; only the answer to the text that stands there counts. */
import { useEffect, useState } from 'react'
import { readRules, type ReadAnswer } from '#renderer/flows/relayRules.ts'
import { useServices } from '#renderer/flows/services.ts'
import { whenBack } from '#renderer/flows/whenBack.ts'

/** Typing is not asking: the engine is asked when the text has rested. */
const restMs = 250

export interface Reading {
  /** Of the text that was answered last. */
  read: ReadAnswer | null
  /** Another text stands there by now. */
  checking: boolean
}

export function useReading(text: string): Reading {
  const services = useServices()
  const [answered, setAnswered] = useState<{ text: string; asked: number; read: ReadAnswer } | null>(null)
  const [asked, setAsked] = useState(0)
  const lost = answered?.read.ok === false
  // What could not be asked is asked when the engine answers again: the text has not changed by that.
  useEffect(
    () => (lost ? whenBack(services, () => setAsked((count) => count + 1)) : undefined),
    [services, lost],
  )
  useEffect(() => {
    let gone = false
    const timer = setTimeout(() => {
      void readRules(services, { text }).then((read) => !gone && setAnswered({ text, asked, read }))
    }, restMs)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [services, text, asked])
  return { read: answered?.read ?? null, checking: answered?.text !== text || answered.asked !== asked }
}
