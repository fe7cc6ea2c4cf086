/** Owns: having a text checked by the engine while it is typed; only the answer to the text that stands there counts. */
import { useEffect, useState } from 'react'
import { readRules, type ReadAnswer } from '#renderer/flows/relayRules.ts'
import { useServices } from '#renderer/flows/services.ts'

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
  const [answered, setAnswered] = useState<{ text: string; read: ReadAnswer } | null>(null)
  useEffect(() => {
    let gone = false
    const timer = setTimeout(() => {
      void readRules(services, { text }).then((read) => !gone && setAnswered({ text, read }))
    }, restMs)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [services, text])
  return { read: answered?.read ?? null, checking: answered?.text !== text }
}
