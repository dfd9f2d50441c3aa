/**
 * Recurring runs as arithmetic: cron and interval schedules, catch-up, the next fire times and the macros in parameters. Pure: no clock, no threads,
 * no state; every method may be called on any thread and costs a bounded amount of work, whatever the schedule. What is chosen differently from
 * Kubeflow Pipelines is listed in docs/schedule.md.
 */
package io.jenkins.plugins.kubeflow.engine.schedule;
