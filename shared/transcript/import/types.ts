/** Owns: what reading another program's dialogue gives, whatever the form. */
import type { Certificate, SessionHead, TranscriptEvent } from '../event.ts'

/** `case` is our own file; the others are texts of other programs. */
export const forms = ['case', 'swaks', 'openssl', 'postfix', 'smtp4dev', 'marked', 'telnet'] as const
export type Form = (typeof forms)[number]

/** How each is named to a person. */
export const formNames: Record<Form, string> = {
  case: 'a Relayscope case file',
  swaks: 'output of swaks',
  openssl: 'output of openssl s_client',
  postfix: 'a Postfix log',
  smtp4dev: 'a session log of smtp4dev',
  marked: 'a dialogue with marked lines',
  telnet: 'a typed dialogue, as of telnet',
}

/** One line of the text, without its line end. */
export interface SourceLine {
  /** From 1. */
  number: number
  text: string
  /** Characters that the line had, when only its beginning is here. */
  cutFrom?: number
}

export interface Problem {
  /** 0 when it belongs to the whole text. */
  line: number
  message: string
}

/**
 * Reading in steps of some milliseconds at most: a step gives how many lines have been read, or nothing where it reads none.
 * Only the end gives sessions: which words are secrets shows in the whole text.
 */
export type Steps<T> = Generator<number | undefined, T>

export interface ImportedSession {
  head: SessionHead
  /** From 1 without gaps, with an `end`; secrets are masked. */
  events: TranscriptEvent[]
  /** Lines of the text that are not empty: those that a reader knew, and those shown as not understood. */
  lines: { understood: number; unknown: number }
}

export interface Imported {
  form: Form
  sessions: ImportedSession[]
  problems: Problem[]
}

/** What a reader needs of the world. */
export interface Surroundings {
  /** Milliseconds since 1970: texts without a date are dated by it. */
  now: number
  /** Reads a certificate's DER octets; without it only what the text says in words is known. */
  certificate?: (der: Uint8Array) => Certificate | null
}
