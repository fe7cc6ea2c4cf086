/** Owns: reading the store of the API for test suites. */
import { useField } from '#renderer/flows/services.ts'
import type { SuiteApiStore } from '#renderer/stores/suiteApi.ts'

export const useSuiteApi = <T>(select: (api: SuiteApiStore) => T): T =>
  useField((stores) => stores.suiteApi, select)

/** What is wrong with a field, as a sentence. */
export const useFieldProblem = (field: string): string | undefined =>
  useSuiteApi(({ problems }) => {
    const found = problems.find((one) => one.field === field || one.field.startsWith(`${field}[`))
    if (found === undefined) return undefined
    const sentence = found.value === '' || found.message.includes(found.value) ? found.message : `${found.value}: ${found.message}` // prettier-ignore
    return sentence.endsWith('.') ? sentence : `${sentence}.`
  })
