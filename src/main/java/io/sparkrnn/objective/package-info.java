/** What training needs of a model: loss and gradient, evaluation and prediction of a batch. */
package io.sparkrnn.objective;
