/** Owns: reading rules once, when the form that changes them opens. */
import { useEffect, useState } from 'react'
import { useServices, type Services } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'

export interface Loaded<T> {
  /** Absent while it is read. */
  value?: T
  /** Why it cannot be read, in words. */
  problem?: string
}

/** `load` is a function of a flow, not one made anew at each draw. */
export function useLoaded<T>(load: (services: Services) => Promise<T>): Loaded<T> {
  const services = useServices()
  const [loaded, setLoaded] = useState<Loaded<T>>({})
  useEffect(() => {
    let gone = false
    load(services).then(
      (value) => !gone && setLoaded({ value }),
      (error: unknown) => !gone && setLoaded({ problem: wordsOf(error) }),
    )
    return () => {
      gone = true
    }
  }, [services, load])
  return loaded
}
