package dev.aftertouch.enrollment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Who is on which path: customers, jobs, enrollments, due touches. */
@SpringBootApplication
public class EnrollmentService {
  public static void main(String[] arguments) {
    SpringApplication.run(EnrollmentService.class, arguments);
  }
}
