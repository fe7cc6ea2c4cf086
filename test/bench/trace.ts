/** Owns: what is used of the trace that Chromium writes. */

/** Of the trace format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU (X: complete). */
export interface TraceEvent {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  /** Microseconds: begin, length, and the length in the thread's processor time. */
  ts: number
  dur?: number
  tdur?: number
  args?: Record<string, unknown>
}
