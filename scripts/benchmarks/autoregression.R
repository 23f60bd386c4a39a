# AR(3) by ar.ols for every line of a file of series: series a second, in one process and in two,
# then the coefficients for comparison.
#   Rscript scripts/benchmarks/autoregression.R SERIES.csv COEFFICIENTS.csv
words <- commandArgs(trailingOnly = TRUE)
series <- as.matrix(read.csv(words[1], header = FALSE))
rows <- seq_len(nrow(series))
fit <- function(i) {
  found <- ar.ols(series[i, ], aic = FALSE, order.max = 3)
  phi <- drop(found$ar)
  # About zero and not about the mean.
  c(found$x.intercept + found$x.mean * (1 - sum(phi)), phi)
}
invisible(lapply(rows[1:50], fit))
one <- system.time(coefficients <- lapply(rows, fit))[["elapsed"]]
two <- system.time(parallel::mclapply(rows, fit, mc.cores = 2))[["elapsed"]]
write.table(format(do.call(rbind, coefficients), digits = 17), words[2],
            sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)
cat(sprintf("%s,%.3f,%.3f\n", R.version.string, nrow(series) / one, nrow(series) / two))
