/**
 * What a setting is: key of the job file, name of the Spark ML param, meaning, default and validity
 * in one place. The records of the floors above declare their settings here once; params and job
 * keys are derived from them.
 */
package io.sparkrnn.setting;
