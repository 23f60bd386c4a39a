/** What can go wrong and be mended by the user: configuration, data, diverging training. */
package io.sparkrnn.error;
