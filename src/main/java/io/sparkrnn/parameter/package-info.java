/** Names and shapes over one flat array: parameters, gradients, and how they begin. */
package io.sparkrnn.parameter;
